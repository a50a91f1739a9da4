FROM python:3.12-slim
WORKDIR /app
COPY pyproject.toml requirements.lock README.md ./
COPY vigie vigie
COPY crawlers crawlers
COPY sentiment sentiment
COPY alerts alerts
COPY web web
COPY ops ops
RUN pip install --no-cache-dir -c requirements.lock '.[postgres]' \
    && useradd --system --create-home vigie && mkdir /data && chown vigie /data
USER vigie
ENV VIGIE_DATA_DIR=/data VIGIE_HOST=0.0.0.0
VOLUME /data
EXPOSE 8000
CMD ["sh", "-c", "vigie init && exec vigie run"]
