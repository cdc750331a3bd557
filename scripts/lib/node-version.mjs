// The oldest Node that runs Queuescope. Checked by the scripts themselves: npm only warns about `engines`.

const minimum = { major: 20, minor: 19 };

/**
 * @param {string} version as `process.versions.node` gives it
 * @returns {string | undefined} what is wrong and how to mend it; undefined when the version will do
 */
export function nodeVersionProblem(version = process.versions.node) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  if (major > minimum.major || (major === minimum.major && minor >= minimum.minor)) return undefined;
  return (
    `Queuescope needs Node ${minimum.major}.${minimum.minor} or newer; this is ${version}. ` +
    'Install Node 24 (or 22, 20.19+) from nodejs.org or with your version manager, then run the command again.'
  );
}
