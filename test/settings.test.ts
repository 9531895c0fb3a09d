import { describe, expect, it } from 'vitest';
import { maskSecret } from '../src/settings.js';

describe('maskSecret', () => {
  it.each([
    ['postgresql://ana:secret@db:5432/atmr', 'postgresql://ana:***@db:5432/atmr'],
    ['postgresql://ana:se@cret@db:5432/atmr', 'postgresql://ana:***@db:5432/atmr'],
    ['redis://:secret@127.0.0.1:6379/0', 'redis://:***@127.0.0.1:6379/0'],
    ['redis+sentinel://:secret@a:1,b:2/main', 'redis+sentinel://:***@a:1,b:2/main'],
    ['postgresql://db/atmr?user=ana&password=secret&x=1', 'postgresql://db/atmr?user=ana&password=***&x=1'],
    ['postgresql://ana@db/atmr', 'postgresql://ana@db/atmr'],
    ['postgres://u:pa/ss@h/db', 'postgres://u:***@h/db'],
    ['redis+cluster://u:a/b@h', 'redis+cluster://u:***@h'],
    ['redis+cluster://u:secret@a:1,b:2', 'redis+cluster://u:***@a:1,b:2'],
    ['postgres://h/db?sslpassword=a&password=b', 'postgres://h/db?sslpassword=***&password=***'],
    ['postgresql:///db?host=/tmp', 'postgresql:///db?host=/tmp'],
    ['u:secret@h:5432/db', '***'],
    ['postgres:/u:secret@h', '***'],
    ['postgres://u:secret@h:port/db', '***'],
    ['10', '10'],
    ['/srv/atmr', '/srv/atmr'],
  ])('%s', (value, masked) => {
    expect(maskSecret(value)).toBe(masked);
  });
});
