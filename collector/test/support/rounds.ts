/**
 * How often a test repeats what happens at random: a few times in `npm test`, many in `npm run test:long`
 * (QUEUESCOPE_TEST_ROUNDS=many). What must hold: one round proves the same in both; more rounds only meet more cases.
 */
export const isLong = process.env['QUEUESCOPE_TEST_ROUNDS'] === 'many';

export const rounds = ({ short, long }: { short: number; long: number }): number => (isLong ? long : short);
