/** Tells logs, DingTalk's and a company's own, who calls; a test compares it with package.json. */
export const USER_AGENT = 'n8n-nodes-dingtalk-knowledge-base/0.1.0';
