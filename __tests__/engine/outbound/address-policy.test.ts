import fc from 'fast-check';
import { addressRefusal, localOutboundPolicy, type OutboundPolicy } from '../../../engine/outbound/address-policy.ts';

const strict: OutboundPolicy = { allowsLoopback: false, privateNetworks: [] };

describe('an address that rules lead to', () => {
  it.each(['8.8.8.8', '1.1.1.1', '2606:4700::1111', '64:ff9b::808:808'])(
    'may be called when it is public: %s',
    (address) => {
      expect(addressRefusal(address, strict)).toBeUndefined();
      expect(addressRefusal(address, localOutboundPolicy)).toBeUndefined();
    },
  );

  it.each([
    '169.254.169.254',
    '::ffff:169.254.169.254',
    '::ffff:a9fe:a9fe',
    '64:ff9b::a9fe:a9fe',
    'fd00:ec2::254',
    'fd00:ec2::254%eth0',
    'fd20:ce::254',
    '100.100.100.200',
    '168.63.129.16',
    '169.254.1.1',
    'fe80::1',
    '0.0.0.0',
    '::',
    '::ffff:0.0.0.0',
    '255.255.255.255',
    '224.0.0.1',
    'ff02::1',
    '240.0.0.1',
    '192.0.0.192',
    '198.18.0.1',
    '2002:7f00:1::',
    '2001::1',
    '64:ff9b:1::7f00:1',
    'fec0::1',
    'not an address',
    '',
  ])('is never called, in local mode neither: %s', (address) => {
    expect(addressRefusal(address, strict)).toBeDefined();
    expect(addressRefusal(address, localOutboundPolicy)).toBeDefined();
  });

  it.each(['127.0.0.1', '127.9.9.9', '::1', '::ffff:127.0.0.1', '::127.0.0.1', '64:ff9b::7f00:1'])(
    'is called in local mode alone when it is the own machine: %s',
    (address) => {
      expect(addressRefusal(address, strict)).toMatch(/is the engine's own machine$/);
      expect(addressRefusal(address, localOutboundPolicy)).toBeUndefined();
    },
  );

  it('is called in a private network when that is listed', () => {
    const policy = { allowsLoopback: false, privateNetworks: ['10.8.0.0/16', 'fd12:3456::/32'] };
    expect(addressRefusal('10.8.3.4', policy)).toBeUndefined();
    expect(addressRefusal('::ffff:10.8.3.4', policy)).toBeUndefined();
    expect(addressRefusal('fd12:3456::9', policy)).toBeUndefined();
    expect(addressRefusal('10.9.0.1', policy)).toMatch(/outbound\.privateNetworks does not list/);
    expect(addressRefusal('fd13::9', policy)).toBeDefined();
    expect(addressRefusal('192.168.0.1', localOutboundPolicy)).toBeUndefined();
  });

  it('is not opened by a list that names what is more than private', () => {
    const wide = { allowsLoopback: false, privateNetworks: ['0.0.0.0/0', '::/0'] };
    for (const address of ['169.254.169.254', '127.0.0.1', 'fd00:ec2::254', '0.0.0.0']) {
      expect(addressRefusal(address, wide)).toBeDefined();
    }
  });

  it('is the same address however IPv6 carries it', () => {
    fc.assert(
      fc.property(fc.ipV4(), (address) => {
        const isRefused = addressRefusal(address, strict) !== undefined;
        expect(addressRefusal(`::ffff:${address}`, strict) !== undefined).toBe(isRefused);
        expect(addressRefusal(`64:ff9b::${address}`, strict) !== undefined).toBe(isRefused);
      }),
    );
  });

  it('is judged, never stumbled over', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV6(), fc.string(), fc.ipV4Extended()), (address) => {
        addressRefusal(address, strict);
      }),
    );
  });
});
