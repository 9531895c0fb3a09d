import { render } from 'preact';
import type { Permission } from './change.js';
import { Console } from './console.js';

const place = document.getElementById('console')!;
const { flag = '', zone = 'UTC', write = 'closed' } = place.dataset;
render(<Console flagKey={flag} timeZone={zone} permission={write as Permission} />, place);
