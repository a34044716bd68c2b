import jsxA11y from "eslint-plugin-jsx-a11y";
import reactHooks from "eslint-plugin-react-hooks";
import tseslint from "typescript-eslint";

const ENVIRONMENT_MESSAGE = "Read settings from server/base/environment/env.ts (getEnv): there they are checked.";
const TEST_ALONE_MESSAGE = "Every test runs: remove .skip, .only or .todo.";
const PATTERN_MESSAGE =
  "What picks somebody out is compared by =; what searches by a part of a text uses server/base/db/part-of-text.ts.";
const SPREAD_MESSAGE = "Write the parts where they belong; the formatter breaks the lines.";
/** Literals spread into literals, which only serve to keep the formatter from one line each. */
const SPREADS = [
  "ObjectExpression > SpreadElement > ObjectExpression",
  "ArrayExpression > SpreadElement > ArrayExpression",
  "CallExpression > SpreadElement > ArrayExpression",
].map((selector) => ({ selector, message: SPREAD_MESSAGE }));
/** A longer function is made of parts that have names of their own. @param {number} max */
const mostLines = (max) => ({
  "max-lines-per-function": ["error", { max, skipBlankLines: true, skipComments: true, IIFEs: true }],
});
const TESTS = ["**/*.test.{ts,tsx}", "e2e/**/*.spec.ts", "**/testing/**"];
const CLOCK_MESSAGE = "Take the time as an argument, or from server/base/clock.ts: tests need to set it.";

export default tseslint.config(
  { ignores: ["node_modules", ".next", ".cache", ".data", "server/base/db/generated", "next-env.d.ts"] },
  ...tseslint.configs.recommendedTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      "@typescript-eslint/consistent-type-assertions": [
        "error",
        { assertionStyle: "as", objectLiteralTypeAssertions: "never" },
      ],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/switch-exhaustiveness-check": ["error", { considerDefaultExhaustiveForUnions: true }],
      "@typescript-eslint/restrict-template-expressions": [
        "error",
        { allowNumber: true, allowBoolean: true, allowNullish: true },
      ],
      "@typescript-eslint/unbound-method": "off",
      eqeqeq: "error",
      "no-restricted-properties": ["error", { object: "process", property: "env", message: ENVIRONMENT_MESSAGE }],
      "no-restricted-syntax": [
        "error",
        {
          selector: "MemberExpression[object.name=/^(it|test|describe|group)$/][property.name=/^(skip|only|todo)$/]",
          message: TEST_ALONE_MESSAGE,
        },
        { selector: "TSEnumDeclaration", message: "Write a const list and a union type instead of an enum." },
        { selector: "Property[key.name='mode'] Literal[value='insensitive']", message: PATTERN_MESSAGE },
        {
          selector: "Property[key.name=/^(contains|startsWith|endsWith)$/]:not([value.type='Literal'])",
          message: PATTERN_MESSAGE,
        },
        { selector: "TemplateElement[value.raw=/\\bILIKE\\b|~~\\*/i]", message: PATTERN_MESSAGE },
        { selector: "Literal[value=/\\bILIKE\\b|~~\\*/i]", message: PATTERN_MESSAGE },
        ...SPREADS,
      ],
    },
  },
  { files: ["**/*.{ts,tsx,mjs,cjs}"], ignores: ["app/**", ...TESTS], rules: mostLines(60) },
  // A page is longer, for the same thoughts.
  { files: ["app/**/*.{ts,tsx}"], ignores: TESTS, rules: mostLines(80) },
  { files: ["app/**/*.tsx"], ...jsxA11y.flatConfigs.recommended },
  {
    files: ["app/**/*.tsx"],
    rules: {
      // Styles take the roles of lists (VoiceOver) and of tables (display: block) away; said again, they stay.
      "jsx-a11y/no-redundant-roles": [
        "error",
        { ul: ["list"], ol: ["list"], thead: ["rowgroup"], tbody: ["rowgroup"], tr: ["row"] },
      ],
      "jsx-a11y/no-interactive-element-to-noninteractive-role": [
        "error",
        { td: ["cell"], th: ["rowheader", "columnheader"] },
      ],
      // What scrolls sideways is reached by keyboard.
      "jsx-a11y/no-noninteractive-tabindex": ["error", { tags: [], roles: ["region"] }],
    },
  },
  { files: ["app/**/*.tsx"], ...reactHooks.configs.flat.recommended },
  {
    files: ["domain/**/*.ts", "app/**/*.ts", "app/**/*.tsx"],
    ignores: ["**/*.test.ts"],
    rules: {
      "no-restricted-syntax": [
        "error",
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: CLOCK_MESSAGE },
        { selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']", message: CLOCK_MESSAGE },
        {
          selector: "CallExpression[callee.object.name='Math'][callee.property.name='random']",
          message: "Nothing here is random.",
        },
        {
          selector: "ExpressionStatement[directive='use client']",
          message: "What runs in browsers stands in app/_island, and its bundle is checked (decision 089).",
        },
        ...SPREADS,
      ],
    },
  },
  {
    // Where settings come in: once for the portal, and in the commands and tests that set them for others.
    files: [
      "server/base/environment/env.ts",
      "scripts/**",
      "bench/**",
      "server/evidence/journal/verify.mjs",
      "e2e/**",
      "server/testing/**",
      "**/*.test.ts",
      "*.config.{ts,mjs}",
      "instrumentation.ts",
    ],
    rules: { "no-restricted-properties": "off" },
  },
  {
    // The one place that searches by a part of a text.
    files: ["server/base/db/part-of-text.ts"],
    rules: { "no-restricted-syntax": "off" },
  },
  {
    // A test may build just the part of a thing that it is about.
    files: ["**/*.test.ts"],
    rules: { "@typescript-eslint/consistent-type-assertions": "off" },
  },
  {
    // The schema engine comes as WebAssembly without types.
    files: ["scripts/schema-diff.ts"],
    rules: {
      "@typescript-eslint/no-unsafe-assignment": "off",
      "@typescript-eslint/no-unsafe-call": "off",
      "@typescript-eslint/no-unsafe-member-access": "off",
      "@typescript-eslint/no-unsafe-return": "off",
      "@typescript-eslint/no-unnecessary-type-assertion": "off",
    },
  },
  { files: ["**/*.mjs", "**/*.cjs", "public/*.js"], ...tseslint.configs.disableTypeChecked },
);
