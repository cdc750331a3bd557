/** `serve`: the daemon. */
import { openInstance } from '../../app/instance.js';
import type { Command } from '../command.js';
import { Progress } from '../progress.js';
import { configOf, loggerOf } from '../session.js';
import { VERSION } from '../version.js';

export const serve: Command = {
  name: 'serve',
  summary: 'runs the collector: reads the PBXs, keeps facts, answers API and metrics',
  options: {
    demo: { help: 'also start the simulator and, at the first start, make 30 days of history' },
    port: { value: 'PORT', help: 'port of API, docs and metrics (default 8080)' },
    host: { value: 'HOST', help: 'address to listen on (default 127.0.0.1)' },
  },
  details: 'Ctrl-C or SIGTERM stops everything it started; what was received by then is kept.',
  async run(call) {
    // Only here: the other commands need neither the API nor the simulator, and start faster without them.
    const [{ startDaemon }, { prepareDemo }] = await Promise.all([
      import('../../app/daemon.js'),
      import('../../app/demo.js'),
    ]);
    const config = configOf(call);
    const logger = loggerOf(config, call, false);
    const instance = await openInstance(config, logger, call.signal);
    const wantsDemo = call.has('demo') || instance.config.pbxs.length === 0;
    if (wantsDemo && !call.has('demo'))
      call.say('No PBX is configured: starting the simulator, so that there is something to see.');
    try {
      const progress = new Progress(call);
      const demo = wantsDemo ? await prepareDemo(instance, { signal: call.signal, progress }) : undefined;
      try {
        if (call.signal.aborted) return 0;
        const daemon = await startDaemon(demo?.instance ?? instance, VERSION);
        try {
          call.say(welcome(daemon.url, daemon.firstToken, demo !== undefined));
          await aborted(call.signal);
          call.say('Stopping …');
        } finally {
          await daemon.stop();
        }
      } finally {
        await demo?.stop();
      }
    } finally {
      await instance.close();
    }
    return 0;
  },
};

const aborted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });

function welcome(url: string, firstToken: string | null, isDemo: boolean): string {
  return [
    '',
    `Queuescope ${VERSION} is running${isDemo ? ' on a simulated PBX (a demo: invented calls)' : ''}.`,
    '',
    `  API and its documentation  ${url}/docs`,
    `  Prometheus metrics         ${url}/metrics`,
    `  Health                     ${url}/readyz`,
    ...(firstToken === null
      ? []
      : [
          '',
          '  First admin token, shown this once (keep it; `queuescope token create` makes more):',
          '',
          `      ${firstToken}`,
          '',
          `  Try it:  curl -H "Authorization: Bearer ${firstToken}" "${url}/api/v1/live"`,
        ]),
    '',
    'Ctrl-C stops it.',
    '',
  ].join('\n');
}
