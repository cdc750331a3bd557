// System packages. As root on Debian or Ubuntu what is missing is installed; elsewhere the user is told what is
// missing, what it is for and the command that installs it.
import { accessSync, constants, existsSync, rmSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { run } from './processes.mjs';
import { step } from './steps.mjs';

const policyFile = '/usr/sbin/policy-rc.d';

/** @typedef {{ package: string, command: string, why: string }} DebianPackage `command`: how to tell that it is there */

/** Where a command is; daemons live in sbin folders that a user's PATH may lack. */
export function findCommand(/** @type {string} */ command) {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders.map((folder) => join(folder, command)).find(isExecutable);
}

function isExecutable(/** @type {string} */ file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

export const isRoot = () => process.getuid?.() === 0;
const isDebian = () => existsSync('/etc/debian_version') && findCommand('apt-get') !== undefined;

/**
 * Installs those of `packages` that are missing, where that is possible.
 * @param {DebianPackage[]} packages
 * @returns {Promise<string | undefined>} why something is still missing and what to do; undefined when all are there
 */
export async function ensureDebianPackages(packages) {
  const missing = packages.filter(({ command }) => !findCommand(command));
  if (missing.length === 0) return undefined;
  if (!isDebian())
    return `missing: ${list(missing)}. Install the equivalent of Debian's ${names(missing)} with your system's package manager`;
  if (!isRoot())
    return `missing: ${list(missing)}. Install with: sudo apt-get install --no-install-recommends ${names(missing)}`;

  const installed = await step(`Installing the Debian packages ${list(missing)}`, () =>
    aptInstall(missing.map((p) => p.package)),
  );
  const absent = missing.filter(({ command }) => !findCommand(command));
  if (absent.length === 0) return undefined;
  return `apt-get could not install ${list(absent)} (exit code ${installed}); its messages are above`;
}

/** @returns {Promise<number>} apt-get's exit code */
async function aptInstall(/** @type {string[]} */ packages) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  const wait = ['-o', 'DPkg::Lock::Timeout=120'];
  // Debian starts a service as soon as it is installed, unless a policy-rc.d says no: we want the programs only.
  const ownPolicy = !existsSync(policyFile);
  if (ownPolicy) writeFileSync(policyFile, '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  try {
    // A failing update is not the end: the lists on the machine may still be good enough.
    await run('apt-get', [...wait, 'update'], { env });
    const { code } = await run(
      'apt-get',
      [...wait, 'install', '-y', '--no-install-recommends', ...packages],
      { env },
    );
    return code;
  } finally {
    if (ownPolicy) rmSync(policyFile, { force: true });
  }
}

const names = (/** @type {DebianPackage[]} */ packages) => packages.map((p) => p.package).join(' ');
const list = (/** @type {DebianPackage[]} */ packages) =>
  packages.map((p) => `${p.package} (${p.why})`).join(', ');
