import { resourceOf } from '../../shared/execution';
import type { Run } from '../run';
import * as uploadResource from './uploadResource.operation';

/** The operations on documents. */
export const { operations, description } = resourceOf<Run>('document', [uploadResource]);
