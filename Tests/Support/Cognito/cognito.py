"""A Cognito user pool with one client and two people, run by moto until standard input ends.

Prints one line of JSON: where the pool is, and the tokens that it gave.
"""

import json
import os
import sys

import boto3
from moto.server import ThreadedMotoServer

for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
    os.environ[name] = "nobody"
PASSWORD = "Correct-horse-1"

server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
host, port = server.get_host_and_port()
url = f"http://{host}:{port}"
cognito = boto3.client("cognito-idp", region_name="eu-west-1", endpoint_url=url)


def pool_with_tokens(name, mail):
    pool = cognito.create_user_pool(PoolName=name, UsernameAttributes=["email"])["UserPool"]["Id"]
    client = cognito.create_user_pool_client(
        UserPoolId=pool, ClientName="ghostworks",
        ReadAttributes=["email", "email_verified"],
        ExplicitAuthFlows=["ALLOW_USER_PASSWORD_AUTH"])["UserPoolClient"]["ClientId"]
    cognito.admin_create_user(
        UserPoolId=pool, Username=mail, MessageAction="SUPPRESS",
        UserAttributes=[{"Name": "email", "Value": mail},
                        {"Name": "email_verified", "Value": "true"}])
    cognito.admin_set_user_password(
        UserPoolId=pool, Username=mail, Password=PASSWORD, Permanent=True)
    result = cognito.initiate_auth(
        ClientId=client, AuthFlow="USER_PASSWORD_AUTH",
        AuthParameters={"USERNAME": mail, "PASSWORD": PASSWORD})["AuthenticationResult"]
    return {
        "issuer": f"https://cognito-idp.eu-west-1.amazonaws.com/{pool}",
        "keys": f"{url}/{pool}/.well-known/jwks.json",
        "client": client,
        "identityToken": result["IdToken"],
        "accessToken": result["AccessToken"],
    }


print(json.dumps({
    "ours": pool_with_tokens("ours", "ada@cognito.test"),
    "theirs": pool_with_tokens("theirs", "mallory@cognito.test"),
}), flush=True)
sys.stdin.read()
server.stop()
