import { writeFileSync } from 'node:fs';

import { troubleshooting } from './troubleshooting';

writeFileSync('docs/troubleshooting.md', troubleshooting());
