import { type Config, thisProcess } from '../config.js';
import { AtmrError, messageOf } from '../errors.js';
import { t } from '../wording/t.js';
import type { Alert } from './alert.js';
import { openChannels } from './channels/open-channels.js';
import { deliverTo } from './letters.js';
import type { ChannelName } from './outbox.js';

/** What became of a test message. */
export interface TestResult {
  readonly channel: ChannelName;
  readonly where: string;
  /** `null` when the other side took it. */
  readonly error: string | null;
}

/** Sends a test to each channel, past the outbox. USAGE for a channel that is not configured. */
export async function testChannels(
  config: Config,
  only: ChannelName | null,
  nowMs: number,
  writeLine: (line: string) => void,
): Promise<readonly TestResult[]> {
  const channels = openChannels(config.alertChannels, writeLine);
  const chosen = [...channels.values()].filter(({ name }) => only === null || name === only);
  if (chosen.length === 0) {
    throw new AtmrError(
      'USAGE',
      t`The channel ${only ?? ''} is not configured; \`atmr-ml doctor\` tells what is.`,
    );
  }
  const { host, user } = thisProcess();
  const surroundings = { config: config.alerts, timeZone: config.timeZone, dashboardUrl: null };
  const alert = testAlert(config.flagKey, `asked for by ${user} on ${host}`, nowMs);
  const results = chosen.map(async (channel): Promise<TestResult> => {
    const letter = { id: `${alert.id} ${channel.name}`, to: null, alert };
    const error = await deliverTo(channel, letter, surroundings).then(() => null, messageOf);
    await channel.close().catch(() => {});
    return { channel: channel.name, where: channel.where, error };
  });
  return await Promise.all(results);
}

function testAlert(flag: string, evidence: string, nowMs: number): Alert {
  return {
    ...{ id: `${flag} test ${nowMs}`, flag, subject: 'test', kind: 'test', severity: 'notice' },
    ...{ beganMs: nowMs, atMs: nowMs, value: null, threshold: null, evidence, done: null, simulated: false },
  };
}
