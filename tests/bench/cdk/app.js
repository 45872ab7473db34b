// train-automation as a person writes it with aws-cdk-lib: two functions, a state machine of two steps with log group, tracing and
// retries. usage: node app.js HANDLERS OUT
const { App, Stack, Duration, RemovalPolicy, Tags } = require("aws-cdk-lib");
const lambda = require("aws-cdk-lib/aws-lambda");
const logs = require("aws-cdk-lib/aws-logs");
const sfn = require("aws-cdk-lib/aws-stepfunctions");
const tasks = require("aws-cdk-lib/aws-stepfunctions-tasks");

const [handlers, outdir] = process.argv.slice(2);
const app = new App({ outdir });
const stack = new Stack(app, "ml-train-pipeline", { env: { region: "us-east-1" } });
Tags.of(stack).add("pipeline", "ml-train-pipeline");

function handler(id, file) {
  const logGroup = new logs.LogGroup(stack, `${id}Logs`, { retention: logs.RetentionDays.ONE_MONTH, removalPolicy: RemovalPolicy.DESTROY });
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.PYTHON_3_12, handler: `${file}.handler`, code: lambda.Code.fromAsset(handlers), memorySize: 128,
    timeout: Duration.seconds(30), logGroup,
  });
}

function step(id, fn) {
  return new tasks.LambdaInvoke(stack, id, { lambdaFunction: fn, payloadResponseOnly: false, taskTimeout: sfn.Timeout.duration(Duration.minutes(5)) });
}

const definition = step("ValidateData", handler("validate", "validate")).next(step("LogMetrics", handler("log_metrics", "log_metrics")));
new sfn.StateMachine(stack, "train", {
  definitionBody: sfn.DefinitionBody.fromChainable(definition), tracingEnabled: true,
  logs: { destination: new logs.LogGroup(stack, "TrainLogs"), level: sfn.LogLevel.ALL, includeExecutionData: false },
});
app.synth();
