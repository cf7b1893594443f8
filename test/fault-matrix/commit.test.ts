import { testMatrix } from './matrix';
import { STEPS } from './steps';

const step = STEPS.commit;

testMatrix([
	{
		step,
		strategies: [undefined, 'AUTO_RENAME', 'RETURN_ERROR_IF_EXISTS'],
		section: 'Commit with Rename (the default) or Fail',
	},
	{
		step,
		strategies: ['OVERWRITE', 'RETURN_DENTRY_IF_EXISTS'],
		section: 'Commit with Overwrite or Keep the Existing File',
	},
]);
