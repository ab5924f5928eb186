import js from '@eslint/js';
import hooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import ts from 'typescript-eslint';

export default ts.config(
    { ignores: ['dist', 'src/api/schema.d.ts'] },
    js.configs.recommended,
    ...ts.configs.recommended,
    {
        files: ['src/**/*.{ts,tsx}', 'bank/src/**/*.{ts,tsx}'],
        languageOptions: { globals: globals.browser },
        plugins: { 'react-hooks': hooks },
        rules: {
            ...hooks.configs.recommended.rules,
            '@typescript-eslint/consistent-type-imports': 'error',
            'no-restricted-properties': [
                'error',
                {
                    object: 'Date',
                    property: 'now',
                    message:
                        "What is open is decided by the server's clock: shared/time/server-clock.",
                },
            ],
        },
    },
    {
        files: ['scripts/**/*.mjs', '**/*.config.{js,ts}', 'plugins/**/*.ts'],
        languageOptions: { globals: globals.node },
    },
    {
        files: ['src/service-worker.js'],
        languageOptions: { globals: globals.serviceworker },
    },
);
