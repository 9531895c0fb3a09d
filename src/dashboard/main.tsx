import { render } from 'preact';
import type { Permission } from './change.js';
import { Page } from './page.js';

const place = document.getElementById('page')!;
const { flag = '', zone = 'UTC', write = 'closed' } = place.dataset;
render(<Page flagKey={flag} timeZone={zone} permission={write as Permission} />, place);
