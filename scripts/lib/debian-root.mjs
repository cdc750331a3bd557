// A Debian of its own in a folder, for real programs that the machine itself cannot install (Asterisk 22, MySQL 9):
// made once with debootstrap, kept, used through chroot. Needs root; touches nothing outside the folder.
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ensureDebianPackages, findCommand, isRoot } from './debian-packages.mjs';
import { run } from './processes.mjs';
import { step } from './steps.mjs';

const suite = 'sid'; // the only one that has Asterisk 22 and MySQL 9
const tools = [
  {
    package: 'debootstrap',
    command: 'debootstrap',
    why: 'makes the folder in which a real Asterisk runs for the tests',
  },
];

/**
 * Makes the folder when it is not there and installs what is missing in it.
 * @param {{ root: string, packages: string[] }} wanted Debian packages, installed without their recommendations
 * @returns {Promise<string | undefined>} why it cannot be done here; undefined when all is there
 */
export async function ensureDebianRoot({ root, packages }) {
  const absent = () =>
    packages.filter((name) => !existsSync(join(root, 'var/lib/dpkg/info', `${name}.list`)));
  if (existsSync(root) && absent().length === 0)
    return isRoot() ? undefined : 'root is needed to enter a chroot';
  if (!isRoot()) return 'root is needed to make a Debian folder with debootstrap and to enter it';
  const problem = await ensureDebianPackages(tools);
  if (problem) return problem;

  if (!existsSync(root)) {
    const failed = await step(`Making a Debian ${suite} in ${root} (about half a minute)`, () =>
      bootstrap(root),
    );
    if (failed) return failed;
  }
  if (absent().length === 0) return undefined;
  return step(`Installing ${absent().join(', ')} in ${root}`, () => installInto(root, absent()));
}

async function bootstrap(/** @type {string} */ root) {
  // Made under another name first: a folder of the right name is a finished one.
  const unfinished = `${root}.unfinished`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(dirname(root), { recursive: true });
  const { code, output } = await run(findCommand('debootstrap'), ['--variant=minbase', suite, unfinished], {
    output: 'capture',
    env: rootEnvironment,
  });
  if (code !== 0) return `debootstrap failed (exit code ${code}): ${lastLines(output)}`;
  // No service starts by itself in there.
  writeFileSync(join(unfinished, 'usr/sbin/policy-rc.d'), '#!/bin/sh\nexit 101\n', { mode: 0o755 });
  renameSync(unfinished, root);
  return undefined;
}

async function installInto(/** @type {string} */ root, /** @type {string[]} */ packages) {
  // No apt-get update: the index that debootstrap left fits what it installed. An old folder's index may name
  // packages that the mirror has since replaced; only then is it fetched anew.
  const install = () =>
    run('chroot', [root, 'apt-get', 'install', '-y', '--no-install-recommends', ...packages], {
      output: 'capture',
      env: rootEnvironment,
    });
  let result = await install();
  if (result.code !== 0) {
    await run('chroot', [root, 'apt-get', 'update'], { output: 'capture', env: rootEnvironment });
    result = await install();
  }
  await run('chroot', [root, 'apt-get', 'clean'], { output: 'capture', env: rootEnvironment });
  return result.code === 0
    ? undefined
    : `apt-get in ${root} failed (exit code ${result.code}): ${lastLines(result.output)}`;
}

// A user's own PATH and LANG mean nothing inside.
const rootEnvironment = {
  PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
  LC_ALL: 'C.UTF-8',
  DEBIAN_FRONTEND: 'noninteractive',
};

const lastLines = (/** @type {string} */ text) => text.trim().split('\n').slice(-3).join(' | ');
