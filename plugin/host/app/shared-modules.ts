/**
 * The packages that Grafana shares with plugins, under the names by which the built plugin asks for them.
 *
 * What must hold: shared after the services are installed; packages of the CommonJS kind are given as their one export.
 */
import 'systemjs/dist/system.js';
import 'systemjs/dist/extras/amd.js';
import 'systemjs/dist/extras/named-register.js';
import * as emotionCss from '@emotion/css';
import * as emotionReact from '@emotion/react';
import * as grafanaData from '@grafana/data';
import * as grafanaRuntime from '@grafana/runtime';
import * as grafanaUi from '@grafana/ui';
import i18next from 'i18next';
import jquery from 'jquery';
import lodash from 'lodash';
import moment from 'moment';
import prismjs from 'prismjs';
import React from 'react';
import * as jsxRuntime from 'react/jsx-runtime';
import ReactDom from 'react-dom';
import * as reactRouter from 'grafana-internals/router';
import * as rxjs from 'rxjs';
import * as rxjsOperators from 'rxjs/operators';

const esModules: Record<string, object> = {
  '@emotion/css': emotionCss,
  '@emotion/react': emotionReact,
  '@grafana/data': grafanaData,
  '@grafana/runtime': grafanaRuntime,
  '@grafana/ui': grafanaUi,
  'react/jsx-runtime': jsxRuntime,
  'react-router': reactRouter,
  rxjs,
  'rxjs/operators': rxjsOperators,
};

const commonJsModules: Record<string, object> = {
  i18next,
  jquery,
  lodash,
  moment,
  prismjs,
  react: React,
  'react-dom': ReactDom,
};

export function shareModules(): void {
  const { System } = window;
  for (const [name, module] of Object.entries(esModules)) {
    System.set(`package:${name}`, { ...module });
  }
  for (const [name, module] of Object.entries(commonJsModules)) {
    System.set(`package:${name}`, { default: module, __useDefault: true });
  }
  const names = [...Object.keys(esModules), ...Object.keys(commonJsModules)];
  System.addImportMap({ imports: Object.fromEntries(names.map((name) => [name, `package:${name}`])) });
}
