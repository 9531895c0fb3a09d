import { Command } from 'commander';
import { simulationSettings } from '../src/simulator/settings.js';
import { makeProductionTables } from './make-production-tables.js';

/**
 * A realistic copy of the production tables in a Postgres of one's own, for demonstrations and measurements; every
 * row is made up. Usage: npm run demo:production-tables -- --url postgresql://… [--bookings 5000] [--replace]
 */
const flags = new Command('demo:production-tables')
  .requiredOption(
    '--url <url>',
    'a database in which tables may be made: postgresql://user:password@host/database',
  )
  .option('--bookings <n>', 'how many (default: 5000)')
  .option('--from <date>', 'first day, YYYY-MM-DD')
  .option('--days <n>', 'how many days they spread over')
  .option('--seed <n>', 'the same seed makes the same rows')
  .option('--replace', 'drop what an earlier run made')
  .parse()
  .opts<{ url: string; bookings?: string; from?: string; days?: string; seed?: string; replace?: boolean }>();

const made = await makeProductionTables(flags.url, simulationSettings(flags), {
  replace: flags.replace ?? false,
});
process.stdout.write(
  `${made.bookings} bookings and ${made.assignments} assignments made. All of it is made up.\n`,
);
