import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const KIB = 1024;
export const MIB = 1024 * KIB;
export const GIB = 1024 * MIB;

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
