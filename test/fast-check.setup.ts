import fc from 'fast-check';
import { env } from 'node:process';

/**
 * The same cases in every run, so that a failure is one of the change at hand; `FC_SEED=$RANDOM`
 * looks for new ones.
 */
const SEED = 20_261_121;

fc.configureGlobal({ seed: Number(env.FC_SEED || SEED) });
