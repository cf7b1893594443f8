import { count, withDefault } from '../../shared/parameter';
import { DEFAULT_CALLS_PER_SECOND } from '../api/client';

export const maxRequestsPerSecondOption = withDefault(
	count({
		displayName: 'Max Requests per Second',
		name: 'maxRequestsPerSecond',
		type: 'number',
		typeOptions: { minValue: 1, maxValue: 1000 },
		default: DEFAULT_CALLS_PER_SECOND,
		description:
			'How many calls per second the app may make to each API, across all items and executions of this n8n process. The standard edition of DingTalk allows 20.',
	}),
);
