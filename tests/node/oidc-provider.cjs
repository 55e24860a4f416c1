// Runs the certified OpenID Connect provider of npm on a free port, with its own pages for signing
// in, and writes its issuer. The argument is the client's secret; it ends with its input. Whoever
// signs in is called what he types.
const { createServer } = require("node:http");
const { Provider } = require("oidc-provider");

const secret = process.argv[2];
const server = createServer();
server.listen(0, "127.0.0.1", () => {
  const issuer = `http://127.0.0.1:${server.address().port}`;
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: "mingzhang",
        client_secret: secret,
        // At this machine's own address the port may be any (RFC 8252, section 7.3).
        application_type: "native",
        redirect_uris: ["http://127.0.0.1/desk/sign-in/return"],
      },
    ],
    claims: { openid: ["sub"], profile: ["preferred_username"] },
    conformIdTokenClaims: false,
    findAccount: (_, id) => ({
      accountId: id,
      claims: () => ({ sub: id, preferred_username: id }),
    }),
    pkce: { required: () => true },
    cookies: { keys: [secret] },
  });
  server.on("request", provider.callback());
  process.stdout.write(`${issuer}\n`);
});
process.stdin.on("end", () => process.exit(0)).resume();
