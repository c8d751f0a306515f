/** All that Node itself needs on some platform. */
const KEPT = ['SystemRoot', 'TZ'];

/** The environment of the vault process: options for Node, proxies and secrets of the shell do not reach it. */
export function vaultEnvironment(environment: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    KEPT.flatMap((name) => {
      const value = environment[name];
      return value === undefined ? [] : [[name, value]];
    }),
  );
}
