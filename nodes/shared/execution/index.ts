export { executeOperation } from './execute';
export { Execution } from './execution';
export { checkedJob, type Claim, type Job, type Output, type Plan, type Refusal } from './jobs';
export { PerCredential } from './per-credential';
export { PerExecution } from './per-execution';
export { resourceOf } from './resource';
export { transportOf } from './transport';
