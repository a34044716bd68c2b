import dns from "node:dns/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { getEnv } from "#server/base/environment/env.ts";
import { startReceiver, type TestReceiver } from "#server/testing/receiver.ts";
import { outboundProblem, postOutside } from "./post.ts";

let receiver: TestReceiver;
beforeAll(async () => {
  receiver = await startReceiver();
});
afterAll(() => receiver.stop());
beforeEach(() => {
  receiver.received.length = 0;
  receiver.answer = () => 204;
  allow([`events.test:${receiver.port}`], true);
});
afterEach(() => {
  vi.restoreAllMocks();
  allow([], false);
});

const allow = (webhookHosts: string[], webhookPrivate: boolean) =>
  Object.assign(getEnv(), { webhookHosts, webhookPrivate });
const resolveTo = (...addresses: string[]) =>
  vi
    .spyOn(dns, "lookup")
    .mockImplementation((async () =>
      Promise.resolve(addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })))) as never);
const post = (address = `https://events.test:${receiver.port}/path?code=s3cret`) =>
  postOutside(address, { headers: { "X-One": "1" }, body: "ünïcode" }, receiver.certificate);

describe("a request to an address that somebody typed", () => {
  it("arrives whole, and gives the status", async () => {
    resolveTo("127.0.0.1");
    expect(await post()).toBe(204);
    expect(receiver.received).toMatchObject([
      { path: "/path?code=s3cret", body: "ünïcode", headers: { "x-one": "1" } },
    ]);
  });

  it("is connected to the address that was checked, whatever the name means a moment later", async () => {
    const lookup = resolveTo("127.0.0.1");
    expect(await post()).toBe(204); // nothing else knows the name events.test
    expect(lookup).toHaveBeenCalledTimes(1);
  });

  it.each([
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "0.0.0.0",
    "169.254.169.254",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd12::1",
    "::ffff:127.0.0.1",
    "::ffff:169.254.169.254",
    "::127.0.0.1",
    "64:ff9b::7f00:1",
    "2002:7f00:1::",
    "224.0.0.1",
    "ff02::1",
    "255.255.255.255",
    "::ffff:0:127.0.0.1",
  ])("is not sent to %s without the setting", async (address) => {
    allow([`events.test:${receiver.port}`], false);
    resolveTo(address);
    await expect(post()).rejects.toThrow("is not on the internet");
    resolveTo("93.184.215.14", address);
    await expect(post()).rejects.toThrow("is not on the internet");
    expect(receiver.received).toEqual([]);
  });

  it.each(["169.254.169.254", "fe80::1", "::ffff:169.254.169.254", "0.0.0.0", "64:ff9b::a9fe:a9fe"])(
    "is not sent to %s with it either",
    async (address) => {
      resolveTo(address);
      await expect(post()).rejects.toThrow("is not on the internet");
    },
  );

  it("is checked where the host is an address itself, however it is written", async () => {
    allow(["127.0.0.1", "[::1]", "169.254.169.254", "[::ffff:7f00:1]"], false);
    for (const host of ["127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "[::1]", "[::ffff:127.0.0.1]"])
      await expect(post(`https://${host}/`), host).rejects.toThrow("is not on the internet");
    await expect(post("https://169.254.169.254/latest/meta-data")).rejects.toThrow("is not on the internet");
  });

  it("follows no redirect", async () => {
    resolveTo("127.0.0.1");
    receiver.answer = () => 302;
    expect(await post()).toBe(302);
    expect(receiver.received).toHaveLength(1);
  });

  it("needs the host's own certificate", async () => {
    resolveTo("127.0.0.1");
    const address = `https://events.test:${receiver.port}/s3cret`;
    const error: unknown = await postOutside(address, { headers: {}, body: "" }).catch((reason: unknown) => reason);
    expect(String(error)).toMatch(/self-signed|certificate/i);
    expect(String(error)).not.toContain("s3cret");
  });

  it("gives up where nothing answers in time, and where nothing listens", async () => {
    resolveTo("127.0.0.1");
    receiver.answer = () => "silence";
    vi.spyOn(AbortSignal, "timeout").mockImplementation(() => {
      const soon = new AbortController();
      setTimeout(() => soon.abort(), 300);
      return soon.signal;
    });
    await expect(post()).rejects.toThrow("It did not answer in time.");
    allow(["events.test:9"], true);
    await expect(post("https://events.test:9/")).rejects.toThrow("ECONNREFUSED");
  });

  it("goes to no host that does not exist", async () => {
    resolveTo();
    await expect(post()).rejects.toThrow("events.test was not found.");
  });
});

describe("the hosts that may be sent to", () => {
  const ok = (address: string) => outboundProblem(address) === null;

  it("are those that are named, with their port, and nothing else", () => {
    allow(["hooks.slack.com", "*.logic.azure.com", "events.test:8443", "[2001:db8::1]"], false);
    for (const address of [
      "https://hooks.slack.com/services/T/B/x",
      "https://HOOKS.slack.com:443/",
      "https://events.test:8443/a",
      "https://prod-1.uksouth.logic.azure.com/workflows?sig=1",
      "https://[2001:db8::1]/",
    ])
      expect(ok(address), address).toBe(true);
    for (const address of [
      "http://hooks.slack.com/",
      "ftp://hooks.slack.com/",
      "hooks.slack.com",
      "",
      "https://",
      "https://hooks.slack.com:8443/",
      "https://events.test/",
      "https://events.test:444/",
      "https://logic.azure.com/",
      "https://evil-logic.azure.com.evil.test/",
      "https://xlogic.azure.com/",
      "https://hooks.slack.com@evil.test/",
      "https://user:pass@hooks.slack.com/",
      "https://evil.test#hooks.slack.com",
      "https://hooks.slack.com.evil.test/",
      "https://evil.test/hooks.slack.com",
      "https://hooks.slack.com./",
    ])
      expect(ok(address), address).toBe(false);
  });

  it("are none by default", () => {
    allow([], true);
    expect(ok("https://hooks.slack.com/")).toBe(false);
  });
});
