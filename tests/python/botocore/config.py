class Config:
    """Options of a client; kept to be looked at."""

    OPTIONS = {"region_name", "signature_version", "user_agent_extra", "connect_timeout", "read_timeout", "parameter_validation",
               "max_pool_connections", "proxies", "s3", "retries", "client_cert", "tcp_keepalive"}

    def __init__(self, **options):
        for name in options:
            if name not in self.OPTIONS:
                raise TypeError(f"Got unexpected keyword argument '{name}'")
        self.__dict__.update(options)
