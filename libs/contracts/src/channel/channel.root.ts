import type { ContractRoot } from '@gatehouse/contract-kit';

export const channelRoot: ContractRoot = {
  id: 'channel',
  own: [],
  shared: {
    base: '/api/auth',
    paths: [
      'login',
      'register',
      'logout',
      'forgot-password',
      'reset-password',
      'verify-email',
      'resend-verification',
      'refresh-token',
    ],
  },
  headers: ['api-token', 'channel'],
};
