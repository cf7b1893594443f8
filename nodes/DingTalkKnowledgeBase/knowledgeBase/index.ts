import { resourceOf } from '../../shared/execution';
import type { Run } from '../run';
import * as get from './get.operation';
import * as getAll from './getAll.operation';

/** The operations on knowledge bases. */
export const { operations, description } = resourceOf<Run>('knowledgeBase', [get, getAll]);
