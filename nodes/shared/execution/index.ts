export { executeOperation, type Operation, type Operations } from './execute';
export { Execution } from './execution';
export { checkedJob, type Claim, type Job, type Output, type Plan, type Refusal } from './jobs';
export { transportOf } from './transport';
