import nx from '@nx/eslint-plugin';
import tseslint from 'typescript-eslint';

/** process.exit ends a program before its clean-up; process.env is read in one place, where it is checked. */
const noExit = {
  selector: "CallExpression[callee.object.name='process'][callee.property.name='exit']",
  message: 'Only main.ts ends the process.',
};
const noEnv = {
  selector: "MemberExpression[object.name='process'][property.name='env']",
  message: 'Only a config file reads the environment.',
};

export default tseslint.config(
  { ignores: ['**/dist', '**/.lab', '**/node_modules', '**/.nx', '**/*.mjs', '**/*.d.ts'] },
  ...tseslint.configs.strict,
  {
    files: ['**/*.ts', '**/*.tsx'],
    plugins: { '@nx': nx },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-type-assertion': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-invalid-void-type': 'off',
      '@typescript-eslint/no-non-null-assertion': 'error',
      'no-console': 'error',
      'no-restricted-syntax': ['error', noExit, noEnv, { selector: 'ExportAllDeclaration', message: 'Name what a package exports.' }],
      '@nx/enforce-module-boundaries': [
        'error',
        {
          allow: [],
          // Its telemetry must start before it is loaded.
          checkDynamicDependenciesExceptions: ['@loadstair/photo-site'],
          depConstraints: [
            { sourceTag: 'type:app', onlyDependOnLibsWithTags: ['type:feature', 'type:kit'] },
            { sourceTag: 'type:feature', onlyDependOnLibsWithTags: ['type:feature', 'type:kit', 'type:profiles'] },
            { sourceTag: 'type:kit', onlyDependOnLibsWithTags: ['type:kit'] },
            { sourceTag: 'type:profiles', onlyDependOnLibsWithTags: [] },
            { sourceTag: 'type:tool', onlyDependOnLibsWithTags: ['type:feature', 'type:kit'] },
            // What nobody may depend on: made up, to show that nothing knows it.
            { sourceTag: 'type:fixture', onlyDependOnLibsWithTags: ['type:app', 'type:feature', 'type:kit'] },
          ],
        },
      ],
    },
  },
  { files: ['**/src/main.ts', '**/src/seed.ts', '**/write-table.ts'], rules: { 'no-restricted-syntax': ['error', noEnv] } },
  {
    files: [
      '**/config.ts',
      'apps/cli/src/main.ts',
      'libs/checks/src/programs.ts',
      'libs/runtime/src/tools/provide.ts',
      '**/*.test.ts',
      '**/testing/**/*.ts',
    ],
    rules: { 'no-restricted-syntax': 'off' },
  },
  // k6 runs these, not Node: they have types of their own, and its console is how rows come out.
  {
    files: ['loadprofiles/main.ts', 'loadprofiles/journeys/*.ts', 'loadprofiles/lib/send.ts'],
    languageOptions: {
      parserOptions: { projectService: false, project: ['loadprofiles/tsconfig.k6.json'], tsconfigRootDir: import.meta.dirname },
    },
    rules: { 'no-console': 'off' },
  },
);
