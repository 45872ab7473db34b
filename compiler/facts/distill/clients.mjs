#!/usr/bin/env node
// Writes tests/python/clients.json: the paginators and waiters that an SDK has for the services that scaffolds call.
//
//   node distill/clients.mjs
import fs from 'node:fs';
import path from 'node:path';
import { serviceName } from './models.mjs';

const here = path.resolve(import.meta.dirname, '..');
const apis = path.join(here, 'node_modules', 'aws-sdk', 'apis');
const SERVICES = new Set(
  `applicationautoscaling athena apigateway batch cloudformation cloudwatch cloudwatchlogs codebuild codecommit codepipeline
   dynamodb ecr ecs eventbridge glue iam kms lambda s3 sagemaker sagemakerruntime scheduler secretsmanager sfn sns sqs ssm sts
   synthetics`.split(/\s+/),
);

const list = value => (value === undefined ? [] : [value].flat());
const read = file => (fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')) : {});

const services = {};
for (const file of fs.readdirSync(apis).filter(name => name.endsWith('.min.json')).sort()) {
  const { metadata } = read(path.join(apis, file));
  const name = serviceName(metadata.serviceId ?? metadata.endpointPrefix);
  if (!SERVICES.has(name)) continue;
  const beside = end => read(path.join(apis, file.replace('.min.json', end)));
  const paginators = {}; // of several versions the last one counts: files are sorted by date
  for (const [operation, one] of Object.entries(beside('.paginators.json').pagination ?? {})) {
    const [input, output] = [list(one.input_token), list(one.output_token)];
    if (input.length) paginators[operation] = { input, output, results: list(one.result_key) };
  }
  const waiters = {};
  for (const [waiter, { operation, maxAttempts, acceptors }] of Object.entries(beside('.waiters2.json').waiters ?? {})) {
    waiters[waiter] = { operation, attempts: maxAttempts, acceptors };
  }
  services[name] = { paginators, waiters };
}
const lines = Object.entries(services).flatMap(([name, { paginators, waiters }]) => [
  `  ${JSON.stringify(name)}: {`,
  '    "paginators": {',
  Object.entries(paginators).map(([key, one]) => `      ${JSON.stringify(key)}: ${JSON.stringify(one)}`).join(',\n'),
  '    },',
  '    "waiters": {',
  Object.entries(waiters).map(([key, one]) => `      ${JSON.stringify(key)}: ${JSON.stringify(one)}`).join(',\n'),
  '    }',
  '  },',
]);
lines[lines.length - 1] = '  }';
const text = `{\n${lines.filter(line => line).join('\n')}\n}\n`;
JSON.parse(text);
fs.writeFileSync(path.join(here, '..', '..', 'tests', 'python', 'clients.json'), text);
