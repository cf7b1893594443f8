import type { Step } from '../steps';
import { ANSWER_FAULTS, API_ANSWER_FAULTS, STORAGE_ANSWER_FAULTS } from './answers';
import { API_CODE_FAULTS, STORAGE_CODE_FAULTS } from './codes';
import { CONNECTION_FAULTS } from './connection';
import type { MatrixFault } from './fault';
import { API_GATEWAY_FAULTS, GATEWAY_FAULTS, STORAGE_GATEWAY_FAULTS } from './gateways';
import { fieldFaults, VALUE_FAULTS } from './fields';

export type { MatrixFault, Stage } from './fault';

/** Everything that can go wrong at a step. */
export function faultsOf(step: Step): MatrixFault[] {
	const own =
		step.front === 'api'
			? [...API_ANSWER_FAULTS, ...API_GATEWAY_FAULTS, ...fieldFaults(step), ...API_CODE_FAULTS]
			: [...STORAGE_ANSWER_FAULTS, ...STORAGE_GATEWAY_FAULTS, ...STORAGE_CODE_FAULTS];
	const common = [...CONNECTION_FAULTS, ...ANSWER_FAULTS, ...GATEWAY_FAULTS];
	return [...common, ...(VALUE_FAULTS[step.name] ?? []), ...own];
}
