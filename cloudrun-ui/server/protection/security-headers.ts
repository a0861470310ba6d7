import { NONCE, secureHeaders } from 'hono/secure-headers';

/** Where a page finds the value that its own styles and scripts carry, for the moment of being written. */
export const nonceVariable = 'secureHeadersNonce';

/**
 * What browsers are told on every answer. Nothing is loaded from other sites, nothing in line runs, no other site frames
 * it; styles that the web makes as it goes carry the answer's own nonce.
 */
export const securityHeaders = secureHeaders({
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    scriptSrc: ["'self'", NONCE],
    styleSrc: ["'self'", NONCE],
    imgSrc: ["'self'", 'data:'],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    workerSrc: ["'self'"],
    baseUri: ["'none'"],
    formAction: ["'self'"],
    frameAncestors: ["'none'"],
    objectSrc: ["'none'"],
  },
  permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
  referrerPolicy: 'same-origin',
  xFrameOptions: 'DENY',
});
