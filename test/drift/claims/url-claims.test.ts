import { describe, expect, test } from "vitest";
import { urlClaims } from "../../../src/drift/claims/url-claims.ts";
import { mdx } from "../../compile/compile-text.ts";
import { readClaims } from "../read-document.ts";

const inputs =
  "inputs:\n  APP_URL: { type: url, required: true }\n  PORT_A: { type: int, default: 7000 }\n  NAME: { type: string, required: true }\n";
const document = (script: string, more = ""): string =>
  mdx(`# T\n\n\`\`\`bash\n${script}\n\`\`\`\n${more}`, inputs);

/** As `7000 /health @http://…`, with the input before the path where there is one. */
function read(text: string): readonly string[] {
  return readClaims(urlClaims, text, "mdx").map(({ value, at }) => {
    const { base, port, path, isElsewhere } = value;
    return `${base ?? port ?? "none"} ${path}${isElsewhere ? " elsewhere" : ""} @${at}`;
  });
}

describe("addresses in commands", () => {
  test.each([
    ["curl http://localhost:5000/health", ["5000 /health @http://localhost:5000/health"]],
    ["curl 'http://127.0.0.1:1/a?b=c#d'", ["1 /a @http://127.0.0.1:1/a"]],
    ['curl "http://[::1]:1/a"', ["1 /a @http://[::1]:1/a"]],
    ["curl localhost:5000/a", ["5000 /a @localhost:5000/a"]],
    ["echo localhost:5000/a", []],
    ["curl http://localhost/a", ["none /a @http://localhost/a"]],
    ['curl "http://localhost:$PORT_A/a"', ["7000 /a @http://localhost:$PORT_A/a"]],
    ['curl "http://localhost:${PORT_A}/a"', ["7000 /a @http://localhost:${PORT_A}/a"]],
    ['curl "http://localhost:${B:-81}/a"', ["81 /a @http://localhost:${B:-81}/a"]],
    ['curl "http://localhost:$UNKNOWN/a"', ["none /a @http://localhost:$UNKNOWN/a"]],
    ['curl "$APP_URL/a/$ID"', ["APP_URL /a/$ID @$APP_URL/a/$ID"]],
    ['curl "${APP_URL}/a"', ["APP_URL /a @${APP_URL}/a"]],
    ['curl "$NAME/a" "$HOME/a"', []],
    ['U=http://localhost:5/x\ncurl "$U/y"', ["5 /x/y @$U/y"]],
    ['U=http://localhost:5\nU=http://localhost:6\ncurl "$U/y"', []],
    ['P=5\ncurl "http://localhost:$P/y"', ["5 /y @http://localhost:$P/y"]],
    ["docker exec c curl http://localhost:5/a", ["5 /a elsewhere @http://localhost:5/a"]],
    ["ssh h 'curl http://localhost:5/a'", ["5 /a elsewhere @http://localhost:5/a"]],
    ["curl http://localhost.example.org:5/a http://user@localhost:5", []],
    ["curl https://example.org/localhost:5", []],
  ])("%s", (script, expected) => {
    expect(read(document(script))).toEqual(expected);
  });
});

test("addresses in prose: bare, as links, in code, each at its own place", () => {
  const text = mdx(
    '# T\n\nSee http://localhost:1/a. Or [here](http://localhost:2/b "t"), `curl http://localhost:3/c` and `http://localhost:4`.\n',
  );
  expect(read(text)).toEqual([
    "1 /a @http://localhost:1/a",
    "2 /b @http://localhost:2/b",
    "3 /c @http://localhost:3/c",
    "4  @http://localhost:4",
  ]);
});

describe("what the document has listen on the port", () => {
  const startedBy = (script: string, more = ""): string | undefined =>
    readClaims(urlClaims, document(`${script}\ncurl http://localhost:7000/`, more), "mdx").at(0)
      ?.value.started;

  test.each([
    ["true", "no"],
    ["kubectl port-forward svc/api 7000:80", "here"],
    ["ssh -N -L 7000:localhost:80 h", "here"],
    ["python3 -m http.server 7000", "here"],
    ["docker run -p 127.0.0.1:7000:80 x", "here"],
    ["uvicorn app:app --port 7000", "here"],
    ["gunicorn -b 0.0.0.0:7000 app", "here"],
    ['flask run --port "$PORT_A"', "here"],
    ["export API_PORT=7000", "here"],
    ["flask run", "no"],
    ["flask run -h 0.0.0.0 --port 80", "no"],
    ["npm run dev", "perhaps"],
    ["make serve", "perhaps"],
    ["./scripts/start-all", "perhaps"],
    ["python app.py", "perhaps"],
    ["sudo systemctl restart nginx", "perhaps"],
    ["docker compose up -d", "no"],
    ["python --version; python -m pip install x; npm ci; make test", "no"],
    ["psql -p 7000", "no"],
  ])("%s", (script, expected) => {
    expect(startedBy(script)).toBe(expected);
  });

  test("is told by inline code and by files that it shows, too", () => {
    expect(startedBy("true", "\nFirst `uvicorn app:app --port 7000`.\n")).toBe("here");
    expect(startedBy("true", "\nFirst `npm start`.\n")).toBe("perhaps");
    expect(startedBy("true", '\n```yaml\nports: ["7000:80"]\n```\n')).toBe("here");
    expect(startedBy("true", "\n```powershell\nnpm start\n```\n")).toBe("perhaps");
    expect(startedBy("true", "\nSee issue `7000`.\n")).toBe("no");
  });

  test("is not told by another alternative", () => {
    const text = mdx(
      '# T\n\n```bash when="S=a"\nflask run --port 7000\n```\n\n```bash when="S=b"\ncurl http://localhost:7000/b\n```\n\n```bash when="S=a"\ncurl http://localhost:7000/a\n```\n',
      "inputs:\n  S: { type: enum, choices: [a, b], default: a }\n",
    );
    const started = readClaims(urlClaims, text, "mdx").map(({ value }) => value.started);
    expect(started).toEqual(["no", "here"]);
  });
});

test("many addresses and many commands stay cheap", () => {
  const script = Array.from(
    { length: 2000 },
    (_, index) => `make s${index}\ncurl http://localhost:${10_000 + index}/a`,
  );
  expect(read(document(script.join("\n")))).toHaveLength(2000);
});
