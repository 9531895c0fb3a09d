import { mkdirSync, mkdtempSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type Peer, peersOn } from '../../src/flag/peers.js';

const one: Peer = { instance: 'host-1:7', host: 'host-1', url: 'http://10.0.0.5:5000' };
const other: Peer = { instance: 'host-2:9', host: 'host-2', url: 'https://[::1]:5000' };

describe('the last-known instances', () => {
  let home: string;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'atmr-ml-peers-'));
  });
  const ours = (key = 'k', fingerprint = 'ours') => peersOn(home, key, fingerprint);

  it('are none at first', async () => expect(await ours().read()).toEqual([]));

  it('are those with an address that were seen last', async () => {
    await ours().remember([other]);
    const seen = { pid: 7, live: true };
    await ours().remember([
      { ...one, ...seen },
      { ...other, url: null },
      { ...other, url: 'not an address' },
    ]);
    expect(await ours().read()).toEqual([one]);
    await ours().remember([other, one]);
    expect(await ours().read()).toEqual([other, one]);
  });

  it('are not forgotten when nobody is seen', async () => {
    await ours().remember([one]);
    await ours().remember([]);
    await ours().remember([{ ...other, url: null }]);
    expect(await ours().read()).toEqual([one]);
  });

  it('are those of this flag and this record alone', async () => {
    await ours('a/b').remember([one]);
    await ours('k').remember([other]);
    expect(await ours('a/b').read()).toEqual([one]);
    expect(await ours('k').read()).toEqual([other]);
    expect(await ours('k', 'staging').read()).toEqual([]);
    await ours('k', 'staging').remember([one]);
    expect(await ours('k').read()).toEqual([]);
    expect(readdirSync(home)).toEqual(['peers']);
  });

  it('are written for this user alone, and only where they are others', async () => {
    await ours().remember([one]);
    const folder = join(home, 'peers');
    const [name = ''] = readdirSync(folder);
    expect(statSync(folder).mode & 0o077).toBe(0);
    const before = statSync(join(folder, name)).ino;
    await ours().remember([one]);
    expect(statSync(join(folder, name)).ino).toBe(before);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  it.each([
    '',
    '{"peers"',
    '{}',
    '[]',
    '{"fingerprint":"ours","peers":[{"instance":"i","host":"h","url":"x"}]}',
  ])('are none where the file holds %s, and are learned anew', async (text) => {
    mkdirSync(join(home, 'peers'));
    writeFileSync(join(home, 'peers', 'k.json'), text);
    expect(await ours().read()).toEqual([]);
    await ours().remember([one]);
    expect(await ours().read()).toEqual([one]);
    expect(readFileSync(join(home, 'peers', 'k.json'), 'utf8')).not.toBe(text);
  });
});
