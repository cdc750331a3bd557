/** Which events to mark in time. */
import type { AnnotationQuery } from '@grafana/data';
import { t } from '@grafana/i18n';
import { InlineField, InlineFieldRow, MultiCombobox, type ComboboxOption } from '@grafana/ui';
import React, { useId } from 'react';
import type { AnnotationKind, AnnotationsQuery, QueuescopeQuery } from '../types';
import { annotationsQuery } from '../annotations';
import { NamesField } from './NamesField';

/** The part of Grafana's properties of such editors that is used. */
interface Props {
  annotation?: AnnotationQuery<QueuescopeQuery>;
  onAnnotationChange?: (annotation: AnnotationQuery<QueuescopeQuery>) => void;
}

export function AnnotationEditor({ annotation, onAnnotationChange }: Props) {
  const id = useId();
  const target: AnnotationsQuery = annotation?.target
    ? annotationsQuery(annotation.target, annotation.name)
    : { refId: 'annotations', kind: 'annotations', kinds: [] };
  const { kinds, pbx, queues } = target;
  const change = (changed: Partial<AnnotationsQuery>) =>
    annotation && onAnnotationChange?.({ ...annotation, target: { ...target, ...changed } });
  return (
    <>
      <InlineField label={t('datasource.annotation.kinds', 'Events')} labelWidth={14} htmlFor={id}>
        <MultiCombobox
          id={id}
          width="auto"
          minWidth={32}
          maxWidth={96}
          options={kindOptions()}
          value={kinds}
          onChange={(chosen: Array<ComboboxOption<AnnotationKind>>) =>
            change({ kinds: chosen.map(({ value }) => value) })
          }
        />
      </InlineField>
      <InlineFieldRow>
        <NamesField
          of="pbxs"
          label={t('datasource.editor.pbx', 'PBX')}
          value={pbx}
          onChange={(names) => change({ pbx: names })}
        />
        <NamesField
          of="queues"
          label={t('datasource.editor.queues', 'Queues')}
          value={queues}
          onChange={(names) => change({ queues: names })}
        />
      </InlineFieldRow>
    </>
  );
}

const kindOptions = (): Array<ComboboxOption<AnnotationKind>> => [
  {
    value: 'gap',
    label: t('datasource.annotation.gap', 'Gaps'),
    description: t('datasource.annotation.gapHelp', 'A PBX was not heard'),
  },
  {
    value: 'restart',
    label: t('datasource.annotation.restart', 'Restarts'),
    description: t('datasource.annotation.restartHelp', 'A PBX was started again'),
  },
  {
    value: 'serviceLevel',
    label: t('datasource.annotation.serviceLevel', 'Service level'),
    description: t(
      'datasource.annotation.serviceLevelHelp',
      'Quarter-hours in which a queue missed its target',
    ),
  },
  {
    value: 'abandons',
    label: t('datasource.annotation.abandons', 'Abandons'),
    description: t('datasource.annotation.abandonsHelp', 'Quarter-hours with a high abandonment rate'),
  },
];
