import { count, withDefault } from '../../shared/parameter';

/** How long to wait for a task of the service: milliseconds. */
export const taskTimeoutOption = withDefault(
	count({
		displayName: 'Timeout',
		name: 'timeout',
		type: 'number',
		typeOptions: { minValue: 1000 },
		default: 300000,
		description:
			'How long to wait for DingTalk to finish a folder, in milliseconds. After that DingTalk goes on, and the node reports an error.',
	}),
);
