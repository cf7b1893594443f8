import { resourceOf } from '../../shared/execution';
import type { Run } from '../run';
import * as create from './create.operation';

/** The operations on folders. */
export const { operations, description } = resourceOf<Run>('folder', [create]);
