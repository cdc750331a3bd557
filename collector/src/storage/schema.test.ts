import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { fileURLToPath } from 'node:url';
import { sql } from 'kysely';
import ts from 'typescript';
import { testDatabase } from '../../test/support/database.js';
import type { TestDatabase } from '../../test/support/database.js';
import { sqlName } from './naming.js';

/** Column → what TypeScript says of it, e.g. `int null` or `enum('a','b')`. */
type Columns = Record<string, string>;

let test: TestDatabase;
beforeAll(async () => {
  test = await testDatabase();
});
afterAll(() => test.drop());

it('has exactly the tables and columns schema.ts promises, with the same null and the same closed sets', async () => {
  const promised = tablesOfSchema();
  expect(Object.keys(promised).length).toBeGreaterThan(20);
  expect(await tablesOfDatabase(test)).toEqual(promised);
});

function tablesOfSchema(): Record<string, Columns> {
  const file = fileURLToPath(new URL('./schema.ts', import.meta.url));
  const program = ts.createProgram([file], {
    strict: true,
    module: ts.ModuleKind.NodeNext,
    types: ['node'],
    noLib: false,
  });
  const checker = program.getTypeChecker();
  const source = program.getSourceFile(file);
  if (!source) throw new Error('schema.ts was not found');
  const propertiesOf = (type: ts.Type): [string, ts.Type][] =>
    checker
      .getPropertiesOfType(type)
      .map((property) => [property.name, checker.getTypeOfSymbolAtLocation(property, source)]);

  const database = source.statements.find(
    (statement) => ts.isInterfaceDeclaration(statement) && statement.name.text === 'Database',
  );
  if (!database) throw new Error('schema.ts has no Database');
  const tables: Record<string, Columns> = {};
  for (const [name, type] of propertiesOf(checker.getTypeAtLocation(database))) {
    tables[sqlName(name)] = Object.fromEntries(
      propertiesOf(type).map(([column, columnType]) => [sqlName(column), kindOf(columnType, checker)]),
    );
  }
  return tables;
}

function kindOf(type: ts.Type, checker: ts.TypeChecker): string {
  const selected = checker.getPropertyOfType(type, '__select__');
  const plain = selected ? checker.getTypeOfSymbol(selected) : type;
  const parts = plain.isUnion() ? plain.types : [plain];
  const isNull = (part: ts.Type): boolean => (part.flags & ts.TypeFlags.Null) !== 0;
  const rest = parts.filter((part) => !isNull(part));
  const literals = rest.filter((part) => part.isStringLiteral()).map((part) => part.value);
  const kind =
    literals.length > 0
      ? `enum(${literals.sort().join()})`
      : rest.map((part) => checker.typeToString(part).replace(/<.*/, '')).join('|');
  return parts.some(isNull) ? `${kind} null` : kind;
}

async function tablesOfDatabase({ db }: TestDatabase): Promise<Record<string, Columns>> {
  const { rows } = await sql<{
    t: string;
    c: string;
    dataType: string;
    columnType: string;
    nullable: string;
  }>`
    select c.table_name as t, c.column_name as c, c.data_type as data_type, c.column_type as column_type,
           c.is_nullable as nullable
      from information_schema.columns c
      join information_schema.tables t on t.table_schema = c.table_schema and t.table_name = c.table_name
     where c.table_schema = database() and t.table_type = 'BASE TABLE' and c.table_name not like 'kysely%'`.execute(
    db,
  );
  const tables: Record<string, Columns> = {};
  for (const { t, c, dataType, columnType, nullable } of rows) {
    const kind = kindOfColumn(dataType.toLowerCase(), columnType);
    (tables[t] ??= {})[c] = nullable === 'YES' ? `${kind} null` : kind;
  }
  return tables;
}

function kindOfColumn(dataType: string, columnType: string): string {
  if (dataType === 'enum') {
    const values = [...columnType.matchAll(/'([^']*)'/g)].map((match) => match[1]);
    return `enum(${values.sort().join()})`;
  }
  if (dataType.endsWith('blob')) return 'Buffer';
  return dataType.endsWith('int') ? 'number' : 'string';
}
