/** Why a source is not heard: the sentence, and its code for other languages. In: a description. Out: TypeBox properties. */
import { Type } from 'typebox';
import { REASON_CODES } from '../../pbx/link-reason.js';

export const reasonFields = (description: string) => ({
  reason: Type.String({ description }),
  ...codeFields,
});

export const codeFields = {
  reasonCode: Type.Union([Type.Enum([...REASON_CODES]), Type.Null()], {
    description: 'The same as a code; null: it has none, and the sentence is all there is',
  }),
  reasonParams: Type.Record(Type.String(), Type.String(), {
    description: 'What varies in the sentence (address, account, seconds, system, place, words)',
  }),
};
