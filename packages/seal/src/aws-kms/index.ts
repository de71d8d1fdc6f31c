export { type AwsKmsClient, type AwsKmsOptions, awsKmsSource } from './aws-kms-source.js';
