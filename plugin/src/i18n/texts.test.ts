/**
 * Every text of the code exists in every language, with the same placeholders, and no translation is left over.
 *
 * Texts are the literal calls `t('area.key', 'English')` and `<Trans i18nKey="area.key">English</Trans>`; the app and each
 * nested plugin have translations of their own.
 */
import { readdirSync, readFileSync, existsSync } from 'fs';
import { join, relative } from 'path';
import ts from 'typescript';

const SRC = join(__dirname, '..');
const NESTED = ['datasource', 'panels/queue-board', 'panels/agent-board', 'panels/heatmap'];

/** English text by key; null where the text is made of elements and is not compared. */
type Used = Map<string, { text: string | null; file: string }>;

describe('texts', () => {
  const files = sourcesBelow(SRC);

  for (const plugin of ['', ...NESTED]) {
    const own = files.filter((file) => belongsTo(relative(SRC, file), plugin));
    const used = usedTexts(own);
    for (const lang of ['ru', 'uz']) {
      it(`of ${plugin || 'the app'} are all there in ${lang}`, () => {
        const texts = translations(plugin, lang);
        expect([...used.keys()].filter((key) => !texts[key])).toEqual([]);
        expect(Object.keys(texts).filter((key) => !used.has(key))).toEqual([]);
        for (const [key, { text }] of used) {
          if (text !== null) {
            expect([key, placeholders(texts[key] ?? '')]).toEqual([key, placeholders(text)]);
          }
        }
      });
    }
  }
});

/** Shared code (components, format, …) belongs to the app and to whatever nested plugin uses it; its keys to the app. */
function belongsTo(file: string, plugin: string): boolean {
  return plugin === ''
    ? !NESTED.some((nested) => file.startsWith(`${nested}/`))
    : file.startsWith(`${plugin}/`);
}

function translations(plugin: string, lang: string): Record<string, string> {
  const folder = join(SRC, plugin, 'locales', lang);
  if (plugin !== '') {
    const file = `${folder}.json`;
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  }
  const texts: Record<string, string> = {};
  for (const name of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const area = name.slice(0, -'.json'.length);
    for (const [key, text] of Object.entries<string>(JSON.parse(readFileSync(join(folder, name), 'utf8')))) {
      expect([name, key.startsWith(`${area}.`)]).toEqual([name, true]);
      texts[key] = text;
    }
  }
  return texts;
}

function usedTexts(files: string[]): Used {
  const used: Used = new Map();
  const add = (key: string, text: string | null, file: string) => {
    const before = used.get(key);
    if (before && before.text !== text) {
      throw new Error(`"${key}" has two texts: "${before.text}" in ${before.file}, "${text}" in ${file}`);
    }
    used.set(key, { text, file });
  };
  for (const file of files) {
    const source = ts.createSourceFile(
      file,
      readFileSync(file, 'utf8'),
      ts.ScriptTarget.Latest,
      true,
      ts.ScriptKind.TSX,
    );
    const visit = (node: ts.Node): void => {
      if (ts.isCallExpression(node) && node.expression.getText() === 't') {
        const [key, text] = node.arguments;
        if (!key || !ts.isStringLiteralLike(key) || !text || !ts.isStringLiteralLike(text)) {
          throw new Error(
            `${relative(SRC, file)}: t() needs a literal key and a literal English text: ${node.getText()}`,
          );
        }
        add(key.text, text.text, file);
      }
      if (ts.isJsxAttribute(node) && node.name.getText() === 'i18nKey' && node.initializer) {
        add(ts.isStringLiteral(node.initializer) ? node.initializer.text : '', null, file);
      }
      ts.forEachChild(node, visit);
    };
    visit(source);
  }
  return used;
}

function placeholders(text: string): string[] {
  return (text.match(/\{\{\s*\w+\s*\}\}/g) ?? []).map((found) => found.replace(/\s/g, '')).sort();
}

function sourcesBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return sourcesBelow(path);
    }
    return /(?<!\.test|\.d)\.tsx?$/.test(entry.name) ? [path] : [];
  });
}
