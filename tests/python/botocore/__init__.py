"""What of botocore the scaffolds use; see ../boto3."""
