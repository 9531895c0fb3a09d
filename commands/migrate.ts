import type { CommandModule } from '../src/command.js';
import { EXIT } from '../src/errors.js';
import { t } from '../src/wording/t.js';

export const configure: CommandModule['configure'] = (command) => {
  command
    .option('--check', t`only look; exit 3 when the schema is behind`)
    .option('--dry-run', t`print the SQL that would run`)
    .addHelpText('after', EXAMPLES);
};

const EXAMPLES = t`
Examples:
  atmr-ml migrate
  atmr-ml migrate --check
  atmr-ml migrate --dry-run > steps.sql`;

export const run: CommandModule['run'] = async (command, { terminal, readConfig }) => {
  const options = command.opts<{ check?: boolean; dryRun?: boolean; json?: boolean }>();
  const asText = terminal.interactive && options.json !== true;
  const print = (line: string, document: object) =>
    terminal.show(asText ? line : JSON.stringify(document, null, 2));
  const { databaseUrl } = await readConfig();
  if (databaseUrl === null) {
    print(t`Nothing to do: DATABASE_URL is not set, and the embedded store migrates itself.`, {
      pending: [],
    });
    return EXIT.done;
  }
  const { migratePostgres, readPending } = await import('../src/migration/migrate-postgres.js');
  if (options.check || options.dryRun) {
    const pending = await readPending(databaseUrl);
    const sql = pending.map((step) => `-- ${step.id} ${step.name}\n${step.sql.trim()}`).join('\n\n');
    print((options.dryRun && sql) || t`${pending.length} steps are missing.`, { pending });
    return options.check && pending.length > 0 ? EXIT.no : EXIT.done;
  }
  const applied = await migratePostgres(databaseUrl);
  const names = applied.map(({ id, name }) => `${id} ${name}`);
  print(names.length > 0 ? t`Done: ${names.join(', ')}.` : t`The schema was up to date.`, {
    applied: applied.map(({ id, name }) => ({ id, name })),
  });
  return EXIT.done;
};
