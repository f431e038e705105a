# One image for web, worker and beat; nothing in it is secret, nothing runs as root.
FROM python:3.11-slim-bookworm

RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 fonts-dejavu-core \
        poppler-utils tesseract-ocr tesseract-ocr-fra tesseract-ocr-nld tesseract-ocr-deu \
    && rm -rf /var/lib/apt/lists/*

WORKDIR /app
COPY config/run/uv.lock requirements.lock /tmp/
RUN pip install --no-cache-dir --require-hashes -r /tmp/uv.lock \
    && UV_PYTHON_DOWNLOADS=never uv pip sync --system --no-cache --require-hashes \
        --compile-bytecode /tmp/requirements.lock

COPY . .
RUN useradd --system --uid 10001 --create-home rightsdesk \
    && install -d -o rightsdesk -g rightsdesk -m 700 /data
USER rightsdesk
ENV DATA_DIR=/data PYTHONDONTWRITEBYTECODE=1 PYTHONUNBUFFERED=1
VOLUME /data
EXPOSE 8000

CMD ["gunicorn", "config.wsgi", "--bind", "0.0.0.0:8000", "--workers", "3", \
     "--threads", "4", "--no-control-socket", "--worker-tmp-dir", "/dev/shm"]
