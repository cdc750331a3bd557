/** The kinds of PBX there are: the one place outside `pbx/<dialect>/` that names them. */
import { asteriskDriver } from './asterisk/driver.js';
import type { PbxDriver } from './driver.js';

const DRIVERS: readonly PbxDriver[] = [asteriskDriver];

export const DIALECT_NAMES: readonly string[] = DRIVERS.map((driver) => driver.name);

/** @throws RangeError when there is no such dialect */
export function driverOf(dialect: string): PbxDriver {
  const driver = DRIVERS.find((candidate) => candidate.name === dialect);
  if (!driver) throw new RangeError(`there is no dialect "${dialect}"; known: ${DIALECT_NAMES.join(', ')}`);
  return driver;
}
