/** The kinds of PBX there are: with config/dialects.ts the one place outside `pbx/<dialect>/` that names them. */
import { DIALECT_NAMES, type DialectName } from '../config/dialects.js';
import { asteriskDriver } from './asterisk/driver.js';
import type { PbxDriver } from './driver.js';
import { freeswitchDriver } from './freeswitch/driver.js';

const DRIVERS: Readonly<Record<DialectName, PbxDriver>> = {
  asterisk: asteriskDriver,
  freeswitch: freeswitchDriver,
};

/** @throws RangeError when there is no such dialect */
export function driverOf(dialect: string): PbxDriver {
  const name = DIALECT_NAMES.find((known) => known === dialect);
  if (!name) throw new RangeError(`there is no dialect "${dialect}"; known: ${DIALECT_NAMES.join(', ')}`);
  return DRIVERS[name];
}
