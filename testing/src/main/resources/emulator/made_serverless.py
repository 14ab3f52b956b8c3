"""Resources of serverless, containers, storage and management (made.py)."""

import io
import json
import uuid
import zipfile

MAP = {"steward": "keep"}
UPPER = [{"Key": "steward", "Value": "keep"}]
LOWER = [{"key": "steward", "value": "keep"}]


def role(client, service):
    trust = {"Statement": [{"Effect": "Allow", "Action": "sts:AssumeRole", "Principal": {"Service": f"{service}.amazonaws.com"}}]}
    return client("iam").create_role(RoleName=f"for-{service}", AssumeRolePolicyDocument=json.dumps(trust), Tags=UPPER)["Role"]["Arn"]


def archive():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        file.writestr("app.py", "def handler(event, context):\n  return 1\n")
    return data.getvalue()


def function(client):
    client("lambda").create_function(
        FunctionName="resize", Runtime="python3.13", Role=role(client, "lambda"), Handler="app.handler", Code={"ZipFile": archive()}, Tags=MAP
    )
    return "resize"


def queue(client):
    client("sqs").create_queue(QueueName="orders", tags=MAP)
    return "orders"


def event_source(client):
    function(client)
    url = client("sqs").get_queue_url(QueueName=queue(client))["QueueUrl"]
    arn = client("sqs").get_queue_attributes(QueueUrl=url, AttributeNames=["QueueArn"])["Attributes"]["QueueArn"]
    made = client("lambda").create_event_source_mapping(EventSourceArn=arn, FunctionName="resize", Tags=MAP)
    return made["UUID"]


def layer(client):
    return client("lambda").publish_layer_version(LayerName="base", Content={"ZipFile": archive()})["LayerArn"]


def state_machine(client):
    definition = json.dumps({"StartAt": "Done", "States": {"Done": {"Type": "Succeed"}}})
    return client("stepfunctions").create_state_machine(name="nightly", definition=definition, roleArn=role(client, "states"), tags=LOWER)["stateMachineArn"]


def alarm(client):
    client("cloudwatch").put_metric_alarm(
        AlarmName="high", Namespace="AWS/EC2", MetricName="CPUUtilization", Statistic="Maximum", Period=300, EvaluationPeriods=1,
        Threshold=90, ComparisonOperator="GreaterThanThreshold", Tags=UPPER,
    )  # fmt: skip
    return "high"


def composite_alarm(client):
    alarm(client)
    client("cloudwatch").put_composite_alarm(AlarmName="any", AlarmRule="ALARM(high)", Tags=UPPER)
    return "any"


def dashboard(client):
    cloudwatch = client("cloudwatch", "us-east-1")
    cloudwatch.put_dashboard(DashboardName="overview", DashboardBody=json.dumps({"widgets": []}))
    entry = cloudwatch.list_dashboards()["DashboardEntries"][0]
    cloudwatch.tag_resource(ResourceARN=entry["DashboardArn"], Tags=UPPER)
    return "overview"


def trail(client):
    bucket = "records-" + uuid.uuid4().hex
    client("s3", "us-east-1").create_bucket(Bucket=bucket)
    return client("cloudtrail").create_trail(Name="audit", S3BucketName=bucket, TagsList=UPPER)["TrailARN"]


def workspace(client):
    ec2 = client("ec2")
    vpc = ec2.describe_vpcs()["Vpcs"][0]["VpcId"]
    subnets = [s["SubnetId"] for s in ec2.describe_subnets()["Subnets"][:2]]
    directory = client("ds").create_directory(
        Name="corp.example", Password="Emulated-only-1", Size="Small", VpcSettings={"VpcId": vpc, "SubnetIds": subnets}
    )["DirectoryId"]
    workspaces = client("workspaces")
    workspaces.register_workspace_directory(DirectoryId=directory)
    wanted = {"DirectoryId": directory, "UserName": "ada", "BundleId": "wsb-12345678", "Tags": UPPER}
    return workspaces.create_workspaces(Workspaces=[wanted])["PendingRequests"][0]["WorkspaceId"]


def model(client):
    client("sagemaker").create_model(
        ModelName="ranker",
        PrimaryContainer={"Image": "382416733822.dkr.ecr.us-east-1.amazonaws.com/linear-learner:1"},
        ExecutionRoleArn=role(client, "sagemaker"),
        Tags=UPPER,
    )
    return "ranker"


def ml_endpoint(client):
    model(client)
    sagemaker = client("sagemaker")
    variant = {"VariantName": "all", "ModelName": "ranker", "InitialInstanceCount": 2, "InstanceType": "ml.m5.large"}
    sagemaker.create_endpoint_config(EndpointConfigName="ranker-1", ProductionVariants=[variant])
    sagemaker.create_endpoint(EndpointName="ranker", EndpointConfigName="ranker-1", Tags=UPPER)
    return "ranker"


def notebook(client):
    client("sagemaker").create_notebook_instance(
        NotebookInstanceName="study", InstanceType="ml.t3.medium", RoleArn=role(client, "sagemaker"), Tags=UPPER
    )
    return "study"


def domain(client):
    made = client("sagemaker").create_domain(
        DomainName="lab", AuthMode="IAM", DefaultUserSettings={"ExecutionRole": role(client, "sagemaker")}, SubnetIds=["subnet-1"], VpcId="vpc-1", Tags=UPPER
    )
    return made["DomainArn"].split("/")[-1]


def comprehend_endpoint(client):
    model = "arn:aws:comprehend:us-east-1:123456789012:entity-recognizer/names"
    return client("comprehend").create_endpoint(EndpointName="names", ModelArn=model, DesiredInferenceUnits=1, Tags=UPPER)["EndpointArn"]


def build_project(client):
    client("codebuild").create_project(
        name="build",
        source={"type": "S3", "location": "bucket/path"},
        artifacts={"type": "NO_ARTIFACTS"},
        environment={"type": "LINUX_CONTAINER", "image": "aws/codebuild/standard:7.0", "computeType": "BUILD_GENERAL1_SMALL"},
        serviceRole=role(client, "codebuild"),
        tags=LOWER,
    )
    return "build"


def pipeline(client):
    def stage(name, action, category, provider):
        kind = {"category": category, "owner": "AWS", "provider": provider, "version": "1"}
        return {"name": name, "actions": [{"name": action, "actionTypeId": kind}]}

    client("codepipeline").create_pipeline(
        pipeline={
            "name": "release",
            "roleArn": role(client, "codepipeline"),
            "artifactStore": {"type": "S3", "location": "bucket"},
            "stages": [stage("Source", "fetch", "Source", "S3"), stage("Build", "build", "Build", "CodeBuild")],
        },
        tags=LOWER,
    )
    return "release"


def stack(client):
    template = json.dumps({"Resources": {"Topic": {"Type": "AWS::SNS::Topic"}}})
    return client("cloudformation").create_stack(StackName="web", TemplateBody=template, Tags=UPPER)["StackId"]


def user(client):
    return client("iam").create_user(UserName="ada", Tags=UPPER)["User"]["UserName"]


def beanstalk_environment(client):
    beanstalk = client("elasticbeanstalk")
    beanstalk.create_application(ApplicationName="web")
    return beanstalk.create_environment(ApplicationName="web", EnvironmentName="web-1", SolutionStackName="64bit Amazon Linux 2 v3.5.0 running Python 3.8", Tags=UPPER)["EnvironmentId"]


def compute_environment(client):
    return client("batch").create_compute_environment(
        computeEnvironmentName="nightly", type="UNMANAGED", state="ENABLED", serviceRole=role(client, "batch"), tags=MAP
    )["computeEnvironmentArn"]


def job_queue(client):
    order = [{"order": 1, "computeEnvironment": compute_environment(client)}]
    return client("batch").create_job_queue(jobQueueName="nightly", state="ENABLED", priority=1, computeEnvironmentOrder=order, tags=MAP)["jobQueueArn"]


def cluster(client):
    return client("eks").create_cluster(
        name="apps", version="1.33", roleArn=role(client, "eks"), resourcesVpcConfig={"subnetIds": ["subnet-1", "subnet-2"]}, tags=MAP
    )["cluster"]["name"]


MAKERS = {
    "ecs_cluster": lambda client: client("ecs").create_cluster(clusterName="apps", tags=LOWER)["cluster"]["clusterArn"],
    "ecr_repository": lambda client: client("ecr").create_repository(repositoryName="web", tags=UPPER)["repository"]["repositoryName"],
    "eks_cluster": cluster,
    "lambda_layer": layer,
    "lambda_event_source": event_source,
    "sqs_queue": queue,
    "sns_topic": lambda client: client("sns").create_topic(Name="news", Tags=UPPER)["TopicArn"],
    "state_machine": state_machine,
    "event_bus": lambda client: client("events").create_event_bus(Name="orders", Tags=UPPER)["EventBusArn"].split("/")[-1],
    "event_rule": lambda client: client("events").put_rule(Name="nightly", ScheduleExpression="rate(1 day)", Tags=UPPER)["RuleArn"],
    "cloudwatch_alarm": alarm,
    "composite_alarm": composite_alarm,
    "cloudwatch_dashboard": dashboard,
    "trail": trail,
    "secret": lambda client: client("secretsmanager").create_secret(Name="token", SecretString="emulated", Tags=UPPER)["ARN"],
    "kms_key": lambda client: client("kms").create_key(Tags=[{"TagKey": "steward", "TagValue": "keep"}])["KeyMetadata"]["Arn"],
    "advanced_parameter": lambda client: client("ssm").put_parameter(Name="/big", Value="x", Type="String", Tier="Advanced", Tags=UPPER) and "/big",
    "workspace": workspace,
    "sagemaker_notebook": notebook,
    "sagemaker_endpoint": ml_endpoint,
    "sagemaker_model": model,
    "sagemaker_domain": domain,
    "comprehend_endpoint": comprehend_endpoint,
    "codebuild_project": build_project,
    "pipeline": pipeline,
    "user_pool": lambda client: client("cognito-idp").create_user_pool(PoolName="people", UserPoolTags=MAP)["UserPool"]["Id"],
    "cloudformation_stack": stack,
    "iam_user": user,
    "iam_role": lambda client: role(client, "ec2"),
    "appsync_api": lambda client: client("appsync").create_graphql_api(name="shop", authenticationType="API_KEY", tags=MAP)["graphqlApi"]["apiId"],
    "transfer_server": lambda client: client("transfer").create_server(Protocols=["SFTP"], Tags=UPPER)["ServerId"],
    "elastic_beanstalk_environment": beanstalk_environment,
    "batch_compute_environment": compute_environment,
    "batch_job_queue": job_queue,
    "apprunner_service": lambda client: client("apprunner").create_service(
        ServiceName="shop", SourceConfiguration={"ImageRepository": {"ImageIdentifier": "x", "ImageRepositoryType": "ECR"}}, Tags=UPPER
    )["Service"]["ServiceArn"],
}  # fmt: skip
