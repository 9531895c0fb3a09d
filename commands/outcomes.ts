import type { CommandFamily, CommandModule } from '../src/command.js';
import type { Config } from '../src/config.js';
import { AtmrError, EXIT } from '../src/errors.js';
import { t } from '../src/wording/t.js';

interface SyncFlags {
  readonly every?: string;
  readonly lookBack: string;
  readonly dryRun?: boolean;
  readonly json?: boolean;
}

const DAY_MS = 86_400_000;
const EVERY = { leastMs: 1000, mostMs: DAY_MS };
/** Transactions that began before the last run and were committed after it. */
const LOOK_BACK = { leastMs: 600_000, mostMs: 3660 * DAY_MS };

const configureSync: CommandModule['configure'] = (command) => {
  command
    .option('--every <time>', t`again and again until Ctrl-C, such as 60s (default: once)`)
    .option('--look-back <time>', t`how far to read again, for late and corrected pickups`, '48h')
    .option('--dry-run', t`only read, and say how many there are`)
    .addHelpText('after', SYNC_HELP);
};

const SYNC_HELP = t`
Bookings are read from DATABASE_URL or BOOKINGS_DATABASE_URL, as docs/bookings.md says, and never written. The first
run reads all there are. A pickup that was changed within the look-back corrects its outcome, and that is audited.

Examples:
  atmr-ml outcomes sync
  atmr-ml outcomes sync --every 60s --json`;

const sync: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const flags = command.opts<SyncFlags>();
  const { duration } = await import('../src/arguments.js');
  const everyMs = duration('--every', flags.every, EVERY.leastMs, EVERY.mostMs);
  const lookBackMs =
    duration('--look-back', flags.lookBack, LOOK_BACK.leastMs, LOOK_BACK.mostMs) ?? LOOK_BACK.leastMs;
  const config = await readConfig();
  const database = await configuredDatabase(config);
  const { syncOutcomes } = await import('../src/outcomes/sync-outcomes.js');
  const { syncText } = await import('../src/render/outcomes.js');
  const asText = terminal.interactive && flags.json !== true;
  const ledger = await ledgerOf(config);
  const once = async () => {
    const request = { lookBackMs, dryRun: flags.dryRun === true };
    const result = await syncOutcomes(database, ledger, request, clock.nowMs());
    const json = JSON.stringify(result, null, everyMs === null ? 2 : 0);
    terminal.show(asText ? syncText(result, config.timeZone) : json);
  };
  try {
    if (everyMs !== null) {
      const { repeatUntilInterrupted } = await import('../src/outcomes/repeat.js');
      return await repeatUntilInterrupted(once, everyMs, terminal.notice);
    }
    await once();
    return EXIT.done;
  } finally {
    await ledger.close();
  }
};

async function configuredDatabase(config: Config) {
  const { bookingDatabase } = await import('../src/booking/booking-database.js');
  const database = bookingDatabase(config);
  if (database !== null) return database;
  const fact = t`Neither DATABASE_URL nor BOOKINGS_DATABASE_URL is set, so there is nothing to read outcomes from`;
  throw new AtmrError('BAD_CONFIG', t`${fact}. Set one, or give a file to \`atmr-ml outcomes import\`.`);
}

const configureImport: CommandModule['configure'] = (command) => {
  command
    .argument('<file>', t`CSV, JSON or NDJSON, plain or gzipped; - is stdin`)
    .option('--dry-run', t`only read and check it`)
    .addHelpText('after', IMPORT_HELP);
};

const IMPORT_HELP = t`
Columns: id (or booking_id), and actual_delay_minutes or actual_pickup_at with scheduled_time. Rows without an outcome
are left out; one that cannot be read stops it all, and nothing is settled.

Examples:
  atmr-ml outcomes import pickups.csv
  atmr-ml outcomes import - --dry-run < pickups.ndjson`;

const importFile: CommandModule['run'] = async (command, { terminal, clock, readConfig }) => {
  const [path = ''] = command.args;
  const { dryRun, json } = command.opts<{ dryRun?: boolean; json?: boolean }>();
  const config = await readConfig();
  const { readOutcomeFile, importOutcomes } = await import('../src/outcomes/import-outcomes.js');
  const { standardInput } = await import('../src/terminal.js');
  const file = await readOutcomeFile(path, path === '-' ? standardInput() : undefined, config.timeZone);
  const ledger = dryRun ? null : await ledgerOf(config);
  try {
    const result = await importOutcomes(file, ledger, clock.nowMs());
    if (json || !terminal.interactive) terminal.result(JSON.stringify(result, null, 2));
    else terminal.show((await import('../src/render/outcomes.js')).importText(result));
    return EXIT.done;
  } finally {
    await ledger?.close();
  }
};

async function ledgerOf(config: Config) {
  return (await import('../src/ledger/open-ledger.js')).openLedger(config);
}

export const help = t`
Examples:
  atmr-ml outcomes sync --every 60s
  atmr-ml outcomes import pickups.csv`;

export const subcommands: CommandFamily['subcommands'] = {
  sync: {
    summary: t`settle predictions with the pickups that the database has recorded since the last time`,
    configure: configureSync,
    run: sync,
  },
  import: {
    summary: t`settle predictions with the pickups of a file`,
    configure: configureImport,
    run: importFile,
  },
};
