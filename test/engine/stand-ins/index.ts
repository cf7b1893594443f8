import type { INodeType } from 'n8n-workflow';

import { ConvertToFile } from './convert-to-file';
import { HttpRequest } from './http-request';
import { NoOp, StickyNote } from './no-op';
import { EditFields } from './edit-fields';
import { ScheduleTrigger, trigger } from './triggers';

/**
 * Small stand-ins for the nodes of `n8n-nodes-base` (82 MB, 90 dependencies) that the example
 * workflows use, so that those run unchanged. They do what the examples need and no more.
 */
export const standIns: Record<string, new () => INodeType> = {
	'n8n-nodes-base.manualTrigger': trigger('manualTrigger', 'Manual Trigger'),
	'n8n-nodes-base.formTrigger': trigger('formTrigger', 'n8n Form Trigger'),
	'n8n-nodes-base.emailReadImap': trigger('emailReadImap', 'Email Trigger (IMAP)'),
	'n8n-nodes-base.gmailTrigger': trigger('gmailTrigger', 'Gmail Trigger'),
	'n8n-nodes-base.scheduleTrigger': ScheduleTrigger,
	'n8n-nodes-base.set': EditFields,
	'n8n-nodes-base.noOp': NoOp,
	'n8n-nodes-base.stickyNote': StickyNote,
	'n8n-nodes-base.httpRequest': HttpRequest,
	'n8n-nodes-base.convertToFile': ConvertToFile,
};
