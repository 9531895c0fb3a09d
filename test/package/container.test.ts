import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';

const compose = parse(readFileSync('compose.yaml', 'utf8'), { merge: true });
const dockerfile = readFileSync('Dockerfile', 'utf8').replaceAll('\\\n', ' ');
const services = Object.entries<Record<string, unknown>>(compose.services);
const { api, migrate, postgres, redis } = compose.services;

/** The instructions of the image that runs. */
const last = dockerfile.slice(dockerfile.lastIndexOf('\nFROM ')).split('\n');
const said = (word: string) =>
  last.filter((line) => line.startsWith(`${word} `)).map((line) => line.slice(word.length).trim());

describe('the services', () => {
  it('are named as the guide names them', () => {
    expect(compose.name).toBe('atmr');
    expect(Object.keys(compose.services)).toEqual(['api', 'migrate', 'postgres', 'redis']);
    expect(services.filter(([, { container_name }]) => container_name !== undefined)).toEqual([]);
    expect(api.ports).toEqual(['127.0.0.1:5000:5000', '127.0.0.1:3000:3000']);
    expect(postgres.environment.POSTGRES_DB).toBe('atmr_prod');
  });

  it.each(services)('%s may do nothing that it need not', (name, service) => {
    expect(service.read_only).toBe(true);
    expect(service.cap_drop).toEqual(['ALL']);
    expect(service.security_opt).toEqual(['no-new-privileges:true']);
    if (name !== 'postgres') expect(service.cap_add).toBeUndefined();
    expect(service.privileged).toBeUndefined();
  });

  it('start in order: stores, schema, server', () => {
    expect(api.depends_on).toEqual({
      postgres: { condition: 'service_healthy' },
      redis: { condition: 'service_healthy' },
      migrate: { condition: 'service_completed_successfully' },
    });
    expect(migrate.depends_on).toEqual({ postgres: { condition: 'service_healthy' } });
    expect([migrate.command, migrate.restart]).toEqual([['migrate'], 'no']);
    for (const store of [postgres, redis]) expect(store.healthcheck.test[0]).toBe('CMD');
  });

  it('do not start without a token and passwords, and hold none', () => {
    const text = readFileSync('compose.yaml', 'utf8');
    for (const name of ['ATMR_ML_TOKEN', 'POSTGRES_PASSWORD', 'REDIS_PASSWORD'])
      expect(text).toMatch(new RegExp(`\\$\\{${name}:\\?set ${name} in \\.env\\}`));
    expect(text).not.toMatch(/^\s+\w*(TOKEN|PASSWORD|KEY|AUTH): *[^$\s]/m);
    expect(api.environment.DATABASE_URL).toMatch(/@postgres:5432\/atmr_prod$/);
    expect(api.environment.REDIS_URL).toMatch(/@redis:6379\/0$/);
  });

  it('log where `docker logs | grep` reads, and keep what they write on volumes', () => {
    expect(api.entrypoint).toEqual(['sh', '-c', 'exec atmr-ml serve --host 0.0.0.0 2>&1']);
    expect(api.volumes).toEqual(['state:/var/lib/atmr-ml']);
    expect(Object.keys(compose.volumes)).toEqual(['state', 'postgres', 'redis']);
  });
});

describe('the image', () => {
  it('runs as a user by number, from exact versions, with its state on a volume', () => {
    expect(said('USER')).toEqual(['10001:10001']);
    expect(said('VOLUME')).toEqual(['["/var/lib/atmr-ml"]']);
    expect(dockerfile).toMatch(/^ARG NODE_IMAGE=docker\.io\/library\/node:20\.\d+\.\d+-bookworm-slim$/m);
    expect(dockerfile.match(/"npm", "ci"/g)).toHaveLength(2);
    expect(dockerfile).not.toMatch(/"npm", "install"/);
  });

  it('starts without a shell, ends by SIGTERM, and says how it is', () => {
    expect(said('ENTRYPOINT')).toEqual(['["atmr-ml"]']);
    expect(said('CMD')).toEqual(['["serve", "--host", "0.0.0.0"]']);
    expect(said('STOPSIGNAL')).toEqual(['SIGTERM']);
    expect(said('HEALTHCHECK').join()).toMatch(/CMD \["node", "-e", ".*\/healthz/);
    expect(dockerfile.match(/^RUN (?!\[)/gm)).toBeNull();
  });
});
