# One image with the three programs: dashboard, ingest and analytics are commands in it.

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends nodejs npm \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY . .
RUN for program in ingest analytics dashboard; do \
      dotnet publish "$program" --configuration Release --nologo --output "/programs/$program" || exit 1; \
    done

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS runtime

# The runtime's own images are Ubuntu, whose chromium is a snap and does not run in a container; Debian's does.
FROM debian:bookworm-slim
COPY --from=runtime /usr/share/dotnet /usr/share/dotnet
RUN ln -s /usr/share/dotnet/dotnet /usr/bin/dotnet \
    && apt-get update \
    && apt-get install -y --no-install-recommends \
         ca-certificates chromium fonts-liberation libicu72 libssl3 libgssapi-krb5-2 librdkafka1 libxgboost0 tzdata \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --create-home --home-dir /home/followthrough followthrough \
    && install --directory --owner=followthrough --group=followthrough --mode=0700 /data
COPY --from=build /programs /programs
RUN ln -s /programs/dashboard/Followthrough.Dashboard /usr/local/bin/dashboard \
    && ln -s /programs/analytics/Followthrough.Analytics /usr/local/bin/analytics \
    && ln -s /programs/ingest/Followthrough.Ingest /usr/local/bin/ingest

ENV FOLLOWTHROUGH_DATA=/data \
    DOTNET_RUNNING_IN_CONTAINER=true
USER followthrough
VOLUME /data
EXPOSE 5080
WORKDIR /programs/dashboard
# Inside the container every interface; which of the host's may reach it is the publisher's choice.
CMD ["dashboard", "--bind", "any"]
